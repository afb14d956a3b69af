// The words of the page in its language, by the names of processor/page/words.py.
export const words = JSON.parse(document.body.dataset.words);
export const lang = document.documentElement.lang;
