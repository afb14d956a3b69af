// Small helpers for the document. Text is always set as text, never as HTML.
export const by = (id) => document.getElementById(id);

export function made(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
