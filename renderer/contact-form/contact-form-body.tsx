import { Button, Kbd, Popover } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { FormEntry } from '../app/app-store.ts';
import { useCommandContext } from '../app/command-context.tsx';
import { keyParts } from '../app/keyboard.ts';
import { useHost } from '../host/host-context.tsx';
import { ConflictBanner } from './conflict-banner.tsx';
import classes from './contact-form.module.css';
import type { FormControl } from './form-control.ts';
import { ElsewhereBar } from './elsewhere-bar.tsx';
import { firstError } from './form-errors.ts';
import { AbsenceNotice, ProblemNotice, RestoredNotice, TakenNotice } from './form-notices.tsx';
import {
  IdentitySection, MoreSection, NotesSection, ReachSection, RelationsSection, WorkSection,
} from './form-sections.tsx';
import { AddressSection } from './address-section.tsx';
import { createFormSession } from './form-session.ts';
import { isChanged, type FormAction } from './form-state.ts';
import type { FormField } from './form-values.ts';
import { ImageField } from './image-field.tsx';
import { rememberForm, type FormStart } from './load-form.ts';
import { useFormKeys } from './use-form-keys.ts';

interface ContactFormBodyProps {
  contactKey: string;
  start: FormStart;
  locale: string;
  onClose: (savedId?: string) => void;
}

/** The form itself, once it is known what it starts from. */
export function ContactFormBody({ contactKey, start, locale, onClose }: ContactFormBodyProps): ReactNode {
  const host = useHost();
  const { notify, list, store } = useCommandContext();
  const root = useRef<HTMLFormElement>(null);
  const banner = useRef<HTMLDivElement>(null);
  const absence = useRef<HTMLDivElement>(null);
  const session = useMemo(
    () => createFormSession(host, contactKey, start.state, locale),
    [host, contactKey, start, locale],
  );
  const { form, isSaving, isKept } = useStore(session.store);
  const [isRestored, setRestored] = useState(start.restoredAt !== null);
  const { dispatch } = session;
  const changed = isChanged(form);
  const isNew = start.contact === null && form.rev === null;

  useEffect(() => {
    const stop = session.follow();
    if (start.isFromMemory) void session.compare();
    return () => {
      stop();
      rememberForm(host, contactKey, { state: session.store.getState().form, contact: start.contact });
    };
  }, [session, host, contactKey, start]);
  useEffect(() => {
    const { formEntry } = store.getState();
    const field = formEntry?.field?.replace('contact.', '') ?? 'name';
    const control = root.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
    // Without scrolling to the name, so that a notice above it is seen.
    control?.focus({ preventScroll: field === 'name' });
    if (formEntry?.message !== undefined) dispatch(refusedByServer(formEntry.field, formEntry.message));
  }, [store, dispatch]);

  const control: FormControl = useMemo(
    () => ({
      form,
      locale,
      set: (field, value) => dispatch({ type: 'typed', field, value }),
      leave: (field) => dispatch({ type: 'left', field, locale }),
    }),
    [form, locale, dispatch],
  );

  async function save(): Promise<void> {
    if (await session.save()) {
      close(form.id);
      return;
    }
    const { form: after } = session.store.getState();
    const field = firstError(after.errors);
    if (after.conflicts.length > 0) banner.current?.focus();
    else if (field) focusField(field);
  }

  function focusField(field: FormField): void {
    root.current?.querySelector<HTMLElement>(`[data-field=${field}]`)?.focus();
  }

  /** The buttons of a decided field go away: the next choice has the keyboard, or else the field itself. */
  function decide(field: FormField, keep: 'mine' | 'theirs'): void {
    dispatch({ type: 'decided', field, keep });
    requestAnimationFrame(() => {
      if (banner.current?.isConnected) banner.current.focus();
      else focusField(field);
    });
  }

  /** The keyboard goes on in the list. */
  function close(savedId?: string): void {
    onClose(savedId);
    list()?.focus();
  }

  /** Nothing typed is lost by leaving: it is a draft, or it stays in the window until it can be one. */
  function leave(): void {
    close();
    if (!changed) return;
    notify({
      message: isKept ? 'What you typed is kept as a draft.' : 'What you typed stays in this window until it can be kept as a draft.',
      action: { label: 'Open', run: () => store.getState().openForm(contactKey) },
      isBrief: true,
    });
  }

  function discard(): void {
    dispatch({ type: 'restarted', newId: crypto.randomUUID() });
    setRestored(false);
    requestAnimationFrame(() => focusField('name'));
  }

  useFormKeys({ save: () => void save(), leave });

  return (
    <form
      ref={root}
      className={classes.form}
      aria-label={isNew ? 'New contact' : 'Edit contact'}
      noValidate
    >
      <header className={classes.header}>
        <h2 className={classes.title} dir="auto">
          {isNew ? 'New contact' : (start.contact?.name ?? form.values.name)}
        </h2>
        <DraftState changed={changed} isKept={isKept} />
        <ElsewhereBar form={form} noticeRef={form.absence === null ? banner : absence} />
      </header>
      <div className={classes.body}>
        {form.problem !== null && <ProblemNotice message={form.problem} />}
        {form.absence !== null && <AbsenceNotice form={form} noticeRef={absence} onRecover={() => void session.recover()} />}
        {form.conflicts.length > 0 && <ConflictBanner form={form} bannerRef={banner} onDecide={decide} />}
        {form.taken.length > 0 && <TakenNotice form={form} onClose={() => dispatch({ type: 'noticed' })} />}
        {isRestored && start.restoredAt !== null && (
          <RestoredNotice at={start.restoredAt} onDiscard={discard} onClose={() => setRestored(false)} />
        )}
        <ImageField
          contactId={form.id}
          name={form.values.name}
          hasImage={typeof start.contact?.imageId === 'string'}
          image={form.image}
          onChange={(image) => dispatch({ type: 'imageChosen', image })}
        />
        <IdentitySection control={control} />
        <ReachSection control={control} />
        <RelationsSection control={control} />
        <WorkSection control={control} />
        <AddressSection control={control} />
        <NotesSection control={control} />
        <MoreSection control={control} />
      </div>
      <footer className={classes.footer}>
        <Button type="button" loading={isSaving} disabled={form.absence === 'trash'} onClick={() => void save()}>
          Save <Kbd className={classes.key ?? ''} size="xs" aria-hidden>{keyParts('Mod+S').join(' ')}</Kbd>
        </Button>
        <Button variant="default" onClick={leave}>Close</Button>
        {changed && <DiscardButton onDiscard={discard} />}
      </footer>
    </form>
  );
}

/** What a server said against the contact, at the field that it named. */
function refusedByServer(field: FormEntry['field'], message: string): FormAction {
  const said = 'The server did not take this contact.';
  const issues = field === undefined ? [] : [{ field: '', message: said }, { field, message }];
  return { type: 'refused', message: `${said} ${message}`, issues };
}

function DraftState({ changed, isKept }: { changed: boolean; isKept: boolean }): ReactNode {
  if (!changed) return null;
  return (
    <output className={classes.draftState} data-kept={isKept}>
      {isKept ? 'Draft kept' : 'In this window only, trying again'}
    </output>
  );
}

function DiscardButton({ onDiscard }: { onDiscard: () => void }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} withArrow trapFocus position="top-end">
      <Popover.Target>
        <Button className={classes.discard ?? ''} variant="subtle" color="gray" onClick={() => setOpen(!isOpen)}>
          Discard changes
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.confirm}>
        <span>Discard what you typed?</span>
        <Button
          size="compact-sm" color="red" data-autofocus
          onClick={() => {
            setOpen(false);
            onDiscard();
          }}
        >
          Discard
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
