import { createAppStore, type AppStore } from './app-store.ts';

const formKey = 'fieldbook.form';

/** The state of a window that comes back to the form that was in front when it was loaded anew. */
export function keptAppStore(): AppStore {
  const store = createAppStore(sessionStorage.getItem(formKey));
  store.subscribe(({ form }, before) => {
    if (form === before.form) return;
    if (form === null) sessionStorage.removeItem(formKey);
    else sessionStorage.setItem(formKey, form);
  });
  return store;
}
