// Sentences of the templates, with values that only scripts know.

/** Puts values into their places: `{code}`. @type {(text: string, values: Values) => string} */
export const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => String(values[name] ?? ''));
