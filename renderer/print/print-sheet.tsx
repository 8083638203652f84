import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Contact } from '../../shared/contact.ts';
import { useAppStore, type AppState, type PrintTarget } from '../app/app-store.ts';
import { attempt, countContacts } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import type { CommandContext } from '../app/commands.ts';
import { longTime, typeWords } from '../contacts/contact-words.ts';
import { useNow } from '../contacts/use-now.ts';
import { ContactFields } from '../detail/contact-fields.tsx';
import { readPrintRows, type PrintRows } from './print-rows.ts';
import classes from './print-sheet.module.css';

/** What is on the paper. */
type Content = { kind: 'contact'; contact: Contact } | { kind: 'list'; title: string; list: PrintRows };

/** The open contact or else the list, laid out for paper: drawn beside the window, seen by the printer alone. */
export function PrintSheet({ target, onDone }: { target: PrintTarget; onDone: () => void }): ReactNode {
  const context = useCommandContext();
  const store = useAppStore();
  const [content, setContent] = useState<Content | null>(null);
  const started = useRef(false);

  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void attempt(context, async () => {
      try {
        setContent(await readContent(context, store.getState()));
        await drawn();
        if (await send(context, target, titleOf(store.getState()))) {
          if (target === 'pdf') context.notify({ message: 'The PDF is saved' });
        }
      } finally {
        onDone();
      }
    });
  }, [context, store, target, onDone]);

  if (content === null) return null;
  return createPortal(
    <div className={classes.sheet} aria-hidden>
      {content.kind === 'contact' ? <ContactPage contact={content.contact} /> : <ListPage {...content} />}
    </div>,
    document.body,
  );
}

async function readContent({ host }: CommandContext, state: AppState): Promise<Content> {
  const { openContact, selection, filter, screen } = state;
  if (openContact !== null && selection.size === 0) {
    const relations = ['contact', 'tags', 'members', 'projects', 'invoices'] as const;
    const contact = await host.call('contact.get', { id: openContact, data: { relations: [...relations] }, withDeleted: true });
    return { kind: 'contact', contact };
  }
  const list = await readPrintRows(host, filter, selection, screen === 'trash');
  return { kind: 'list', title: titleOf(state), list };
}

function titleOf({ filter, screen, selection }: AppState): string {
  if (selection.size > 0) return 'Selected contacts';
  if (screen === 'trash') return 'Trash';
  return filter.query.trim() === '' ? 'Contacts' : `Contacts: ${filter.query.trim()}`;
}

/** Resolves when the sheet is on the page, in its fonts. */
async function drawn(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await document.fonts.ready;
  await new Promise(requestAnimationFrame);
}

async function send({ host }: CommandContext, target: PrintTarget, title: string): Promise<boolean> {
  if (!host.native) {
    window.print();
    return true;
  }
  const name = document.querySelector(`.${classes.sheet} h1`)?.textContent ?? title;
  return target === 'paper'
    ? host.native.ask({ kind: 'print' })
    : host.native.ask({ kind: 'pdf', name: name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 100).toWellFormed() || title });
}

function ContactPage({ contact }: { contact: Contact }): ReactNode {
  return (
    <article className={classes.contact}>
      <h1 className={classes.title} dir="auto">{contact.name}</h1>
      <p className={classes.under}>{typeWords[contact.contactType].one}</p>
      <ContactFields contact={contact} />
    </article>
  );
}

function ListPage({ title, list: { rows, isCut } }: { title: string; list: PrintRows }): ReactNode {
  const now = useNow();
  return (
    <article>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.under}>
        {isCut ? `The first ${countContacts(rows.length)}` : countContacts(rows.length)}, {longTime(now.toISOString())}
      </p>
      <table className={classes.table}>
        <thead>
          <tr><th>Name</th><th>Company or city</th><th>E-mail</th><th>Phone</th></tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td><bdi>{row.name}</bdi></td>
              <td><bdi>{row.company ?? row.city}</bdi></td>
              <td>{row.primaryEmail}</td>
              <td><bdi>{row.primaryPhone}</bdi></td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
