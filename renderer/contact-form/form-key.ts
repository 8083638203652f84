/** Forms of new contacts begin so; older versions kept only one, under 'new' alone. */
const newForm = /^new(:|$)/;

const neverOpened = new Set<string>();

/** The key of a form for one more new contact: it has a draft of its own, beside those that wait to be finished. */
export function newFormKey(): string {
  const key = `new:${crypto.randomUUID()}`;
  neverOpened.add(key);
  return key;
}

/** Whether the form of a key is opened for the first time, so that nothing can have been typed there before. */
export function isFirstOpening(key: string): boolean {
  return neverOpened.delete(key);
}

/** Whether a form is for a new contact; any other key is the id of the contact that is edited. */
export function isNewForm(key: string | null): boolean {
  return key !== null && newForm.test(key);
}
