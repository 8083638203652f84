import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { ShellMenuItem } from '../../shared/shell.ts';

export interface ContextMenuActions {
  replaceMisspelling: (word: string) => void;
  learnWord: (word: string) => void;
  copyText: (text: string) => void;
}

type Shown = Pick<
  ContextMenuParams,
  'isEditable' | 'misspelledWord' | 'dictionarySuggestions' | 'selectionText' | 'linkURL' | 'editFlags'
>;

const separator: MenuItemConstructorOptions = { type: 'separator' };
const mostSuggestions = 5;

/** The menu under the pointer on text, fields and links; empty where there is nothing to do. */
export function contextMenuTemplate(params: Shown, actions: ContextMenuActions): MenuItemConstructorOptions[] {
  const { isEditable, misspelledWord, dictionarySuggestions, selectionText, linkURL, editFlags } = params;
  const groups: MenuItemConstructorOptions[][] = [];
  if (misspelledWord !== '') {
    const suggestions = dictionarySuggestions.slice(0, mostSuggestions);
    groups.push(
      suggestions.length === 0
        ? [{ label: 'No suggestions', enabled: false }]
        : suggestions.map((word) => ({ label: word, click: () => actions.replaceMisspelling(word) })),
      [{ label: 'Add to the dictionary', click: () => actions.learnWord(misspelledWord) }],
    );
  }
  if (isEditable) {
    groups.push(
      [{ role: 'undo', enabled: editFlags.canUndo }, { role: 'redo', enabled: editFlags.canRedo }],
      [
        { role: 'cut', enabled: editFlags.canCut },
        { role: 'copy', enabled: editFlags.canCopy },
        { role: 'paste', enabled: editFlags.canPaste },
        { role: 'selectAll', enabled: editFlags.canSelectAll },
      ],
    );
  } else if (selectionText.trim() !== '') {
    groups.push([{ role: 'copy' }]);
  }
  const address = copiedAddress(linkURL);
  if (address !== null) groups.push([{ label: address.label, click: () => actions.copyText(address.text) }]);
  return groups.flatMap((group, index) => (index === 0 ? group : [separator, ...group]));
}

function copiedAddress(link: string): { label: string; text: string } | null {
  const [, scheme = '', rest = ''] = /^(mailto|tel|https?):(.+)$/i.exec(link) ?? [];
  if (/^mailto$/i.test(scheme)) return { label: 'Copy e-mail address', text: decoded(rest) };
  if (/^tel$/i.test(scheme)) return { label: 'Copy number', text: rest };
  return scheme === '' ? null : { label: 'Copy address', text: link };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A menu that the page asks for. */
export function pageMenuTemplate(items: readonly ShellMenuItem[], choose: (id: string) => void): MenuItemConstructorOptions[] {
  return items.map((item) =>
    item === 'separator'
      ? separator
      : { id: item.id, label: item.label.replaceAll('&', '&&'), enabled: item.enabled ?? true, click: () => choose(item.id) },
  );
}
