// The story of one judgement: what comes of it, why, by which rule, and from which facts.
import { filled, folded, made, named, para, tableOf } from "./dom.js";
import { words } from "./words.js";

export const ruleLink = (rule) => made("a", { href: `#rules/${rule}`, textContent: rule });

export function storyOf(story) {
  const { action_name, why, why_not, rule, fee, payer_name, points, irreversible, act_by, screen } = story;
  const told = [
    [words.story_why, why],
    [words.story_rule, ruleLink(rule)],
    [words.story_fee, `${payer_name} · ${fee.basis}`],
    [words.story_points, points.map(({ name, points: n }) => filled(words.story_point, { name, n })).join(" · ") || words.story_no_points],
  ];
  if (why_not) told.push([words.story_why_not, why_not.because]);
  if (act_by) told.push([words.story_by, act_by]);
  const article = made("article", { className: "story" }, made("h3", { textContent: action_name }));
  if (irreversible) article.append(para(words.story_final, "wrong"));
  article.append(named(told), ...story.notes.map((note) => para(note, "state")));
  if (screen.length)
    article.append(folded(words.story_steps, made("ol", {}, ...screen.map((textContent) => made("li", { textContent })))));
  article.append(folded(words.story_facts, facts(story.evidence)));
  if (story.tried.length) article.append(folded(words.story_tried, tried(story.tried)));
  const sources = story.sources.map(({ title, meaning }) => made("li", { textContent: `${title} (${meaning})` }));
  article.append(folded(words.story_sources, made("ul", {}, ...sources)));
  return article;
}

function facts(evidence) {
  const head = [words.story_fact, words.story_value, words.story_ground];
  return tableOf(head, evidence.map(({ said, inferred, from }) => {
    const places = from.map(({ file, sheet, row, column, text }) => `${filled(words.story_place, { file, sheet, row })} · ${column}: ${text}`);
    const ground = [...(inferred ? [inferred] : []), ...places];
    return [...said, ground.join(" / ")];
  }));
}

function tried(rows) {
  const line = ({ rule, outcome, unmet }) =>
    made("li", {}, ruleLink(rule), ` ${outcome}: ${unmet.map(({ because }) => because).join(" · ")}`);
  return made("ul", {}, ...rows.map(line));
}
