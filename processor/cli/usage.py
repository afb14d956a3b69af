"""The sentences about a call that is wrong as it was typed; a misspelt name gets the one that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

import click

from processor.model import Text

_READ_WITH_A_CONSONANT: Final = (
    *("run", "explain", "forget", "set", "template", "init"),
    *("--all", "--catchup", "--column", "--dry-run", "--forget", "--home", "--json", "--label", "--lang"),
    *("--password-file", "--run"),
)
"""The names of commands and options that take 을, as Koreans read them: 런을, 홈을. The others take 를."""


def wrong_usage(error: click.ClickException, typed: Sequence[str], whole: click.Group) -> list[Text]:
    """What is wrong and how to see the help; only the help if nothing was typed. `whole`: all commands."""
    if not typed:
        return [Text.same(line) for line in error.format_message().split("\n")]
    return [_what(error, typed, whole), see_help(error.ctx if isinstance(error, click.UsageError) else None)]


def see_help(context: click.Context | None) -> Text:
    help_of = f"`{context.command_path if context else 'python -m processor'} --help`"
    return Text(f"쓸 수 있는 명령과 옵션은 {help_of}에서 보세요.", f"See {help_of}.")


def no_command(name: str, whole: click.Group) -> Text:
    return _or_the_nearest(name, whole.commands, Text(f"'{name}' 명령은 없습니다.", f"There is no command '{name}'."))


def _what(error: click.ClickException, typed: Sequence[str], whole: click.Group) -> Text:
    said = error.format_message()
    match error:
        case click.NoSuchOption(ctx=click.Context() as context):
            name = next((word for word in typed if word.startswith(error.option_name)), error.option_name)
            return _no_option(name.partition("=")[0], context.command, whole)
        case click.MissingParameter(param=click.Option() as option):
            return Text(f"{option.opts[0]}도 적어야 합니다: {option.help}", said)
        case click.MissingParameter(param=click.Argument() as argument, ctx=click.Context() as context):
            return Text(f"{context.info_name} 뒤에 적을 것이 빠졌습니다: {argument.make_metavar(context)}", said)
        case click.BadOptionUsage():
            flag = any(error.option_name in option.opts and option.is_flag for option in _all_options(whole))
            ending = "에는 값을 적지 않습니다" if flag else " 뒤에 값을 적으세요"
            return Text(f"{error.option_name}{ending}: {' '.join(typed)}", said)
        case click.BadParameter(param=click.Option(type=click.Choice(choices=choices)) as option):
            return Text(f"{option.opts[0]}에 쓸 수 있는 값은 {' · '.join(choices)}입니다.", said)
    return Text(f"이대로는 실행할 수 없습니다: {' '.join(typed)}", said)


def _no_option(name: str, command: click.Command, whole: click.Group) -> Text:
    if not any(name in option.opts for option in _all_options(whole)):
        here = [each for option in _options(command) for each in option.opts]
        return _or_the_nearest(name, here, Text(f"'{name}' 옵션은 없습니다.", f"There is no option '{name}'."))
    if isinstance(command, click.Group):
        return Text(f"{name} 옵션은 명령 뒤에 적으세요.", f"Write {name} after the command.")
    return Text(f"{command.name} 명령에는 {name} 옵션이 없습니다.", f"The command {command.name} has no option {name}.")


def _options(command: click.Command) -> list[click.Option]:
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


def _all_options(whole: click.Group) -> list[click.Option]:
    return [option for command in whole.commands.values() for option in _options(command)]


def _or_the_nearest(name: str, known: Iterable[str], wrong: Text) -> Text:
    """The sentence, with the most similar name if one is similar. Dashes in front make no two names similar."""
    names = {each.removeprefix("--"): each for each in known}
    close = difflib.get_close_matches(name.lstrip("-").lower(), names, n=1)
    if not close:
        return wrong
    near = names[close[0]]
    particle = "을" if near in _READ_WITH_A_CONSONANT else "를"
    return Text(f"{wrong.ko} {near}{particle} 쓰려던 것인가요?", f"{wrong.en} Did you mean {near}?")
