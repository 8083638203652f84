import { useWindowEvent } from '@mantine/hooks';

interface FormKeys {
  save: () => void;
  leave: () => void;
}

/**
 * Ctrl+S and Ctrl+Enter save, Esc leaves, wherever the focus is. In an open list of choices or a question, Esc closes
 * that only. Heard before the window's own keyboard, whose Esc closes whatever is open.
 */
export function useFormKeys({ save, leave }: FormKeys): void {
  const listener = (event: KeyboardEvent): void => {
    if (event.isComposing || document.querySelector('[aria-modal=true], [role=menu]') !== null) return;
    if ((event.ctrlKey || event.metaKey) && (event.key.toLowerCase() === 's' || event.key === 'Enter')) {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape') {
      if (isForSearch(event.target)) return;
      event.preventDefault();
      if (!isForOpenPart(event.target)) leave();
    }
  };
  useWindowEvent('keydown', listener, { capture: true });
}

/** In the search of the list, Esc empties it and goes to the list before it is about the form. */
function isForSearch(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('[data-list-search]');
}

/** Whether a list of choices or a small question is open and has the key. */
function isForOpenPart(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-mantine-stop-propagation=true], [role=dialog]') !== null;
}
