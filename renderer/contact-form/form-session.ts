import { createStore, type StoreApi } from 'zustand/vanilla';
import { toAppError } from '../../shared/errors.ts';
import type { HostEvent } from '../../shared/events.ts';
import type { Host } from '../host/host.ts';
import { draftBox, type DraftBox } from './draft-box.ts';
import { draftOf, imageDraftKey } from './draft.ts';
import { beforeConflicts, formReducer, isChanged, type FormAction, type FormState } from './form-state.ts';
import { readValues } from './save-contact.ts';
import { submitForm } from './submit-form.ts';

export interface SessionState {
  form: FormState;
  isSaving: boolean;
  /** False while the newest typing is in this window only, because it could not be kept in the book. */
  isKept: boolean;
}

/** The form of one contact while it is open: its state, kept as a draft at every change. */
export interface FormSession {
  store: StoreApi<SessionState>;
  locale: string;
  dispatch: (action: FormAction) => void;
  /** Answers whether everything typed is saved. */
  save(): Promise<boolean>;
  /** Compares the form with the contact as it is in the book now. */
  compare(): Promise<void>;
  /** Takes the contact out of the trash, to go on editing it. */
  recover(): Promise<void>;
  /** Follows the contact in the book; returns the way to stop. */
  follow(): () => void;
  /** Resolves when the newest state is kept. */
  settled(): Promise<void>;
}

/** @param key The contact's id, or a key of a new contact. */
export function createFormSession(host: Host, key: string, start: FormState, locale: string): FormSession {
  const store = createStore<SessionState>()(() => ({ form: start, isSaving: false, isKept: true }));
  const form = (): FormState => store.getState().form;
  const dispatch = (action: FormAction): void => {
    store.setState((state) => ({ form: formReducer(state.form, action) }));
  };
  const box = draftBox(host);
  const keeper = createKeeper(host, box, key);
  const noteKept = (): void => {
    const isKept = keeper.keys.every((each) => !box.unkept().has(each));
    if (store.getState().isKept !== isKept) store.setState({ isKept });
  };
  store.subscribe((now, before) => keeper.keep(now.form, before.form));

  async function readAgain(by: string | null): Promise<void> {
    try {
      const now = await readValues(host, form().id, locale);
      if (!store.getState().isSaving) dispatch({ type: 'changedElsewhere', ...now, by });
    } catch (thrown) {
      if (toAppError(thrown).kind === 'notFound') dispatch({ type: 'absent', absence: 'trash', by });
    }
  }

  function hear(event: HostEvent): void {
    if (event.type === 'drafts' && !store.getState().isSaving) void keeper.keepAgain(form());
    if (store.getState().isSaving) return;
    if (event.type === 'bulk' && form().rev !== null) void readAgain(null);
    // Of a new contact too: another window, which began with the same draft, may have saved it first.
    if (event.type !== 'change' || event.change.contactId !== form().id) return;
    const { kind, actor } = event.change;
    if (kind === 'deleted') dispatch({ type: 'absent', absence: 'trash', by: actor });
    else if (kind === 'purged') dispatch({ type: 'absent', absence: 'erased', by: actor });
    else void readAgain(actor);
  }

  return {
    store,
    locale,
    dispatch,
    async save() {
      if (store.getState().isSaving) return false;
      store.setState({ isSaving: true });
      try {
        const complete = await submitForm(host, form(), locale, dispatch);
        // What was typed while the contact was on its way is not in it.
        return complete && !isChanged(form());
      } finally {
        store.setState({ isSaving: false });
      }
    },
    async compare() {
      if (form().rev !== null) await readAgain(null);
    },
    async recover() {
      try {
        await host.call('contact.recover', { id: form().id });
        dispatch({ type: 'changedElsewhere', ...(await readValues(host, form().id, locale)), by: null });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.kind === 'notFound') dispatch({ type: 'absent', absence: 'erased', by: null });
        else dispatch({ type: 'refused', message: error.message, issues: [] });
      }
    },
    follow() {
      noteKept();
      const stops = [box.subscribe(noteKept), host.subscribe((events) => events.forEach(hear))];
      return () => stops.forEach((stop) => stop());
    },
    settled: () => keeper.settled(),
  };
}

/** Keeps what changed from one state to the next; a form without changes has no draft. */
function createKeeper(host: Host, box: DraftBox, key: string) {
  const imageKey = imageDraftKey(key);
  const keepTexts = ({ id, rev, base, conflicts, values }: FormState): void => {
    const content = draftOf(id, beforeConflicts(base, conflicts), values);
    box.put(key, content && { baseRev: rev, values: { ...content } });
  };
  const keepPicture = ({ image }: FormState): void =>
    box.put(imageKey, image === undefined ? null : { baseRev: null, values: { image } });

  return {
    keys: [key, imageKey],
    keep(now: FormState, before: FormState): void {
      if (now.values !== before.values || now.base !== before.base || now.conflicts !== before.conflicts) keepTexts(now);
      if (now.image !== before.image) keepPicture(now);
    },
    /** Another window may have saved or given up its form of the same contact, and the draft of both with it. */
    async keepAgain(now: FormState): Promise<void> {
      if (!isChanged(now)) return;
      const drafts = await host.call('draft.list', {}).catch(() => null);
      const isGone = (name: string): boolean => drafts?.some((draft) => draft.key === name) === false;
      if (isGone(key)) keepTexts(now);
      if (now.image !== undefined && isGone(imageKey)) keepPicture(now);
    },
    async settled(): Promise<void> {
      await box.settled(key);
      await box.settled(imageKey);
    },
  };
}
