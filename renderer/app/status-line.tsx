import { Suspense, type ReactNode } from 'react';
import type { Output } from '../../shared/operations/index.ts';
import { captureDraftKey } from '../capture/kept-capture.ts';
import { useDrafts } from '../contact-form/use-drafts.ts';
import { useAnswer } from '../host/queries.ts';
import { SyncChip } from '../sync/sync-chip.tsx';
import { useApp } from './app-store.ts';
import { countContacts, undoLast } from './book-actions.ts';
import { useCommandContext } from './command-context.tsx';
import { keyParts } from './keyboard.ts';
import { Lamp } from './lamp.tsx';
import { DraftsChip, ImportProgressChip } from './screens.ts';
import itemClasses from './status-item.module.css';
import classes from './status-line.module.css';

/** The line at the bottom: how much is in the book, what undo would do, whether programs can reach it. */
export function StatusLine(): ReactNode {
  const context = useCommandContext();
  const info = useAnswer('host.info', {}).data;
  const undo = useAnswer('undo.peek', {}).data?.undo;
  const hasDrafts = useDrafts().drafts.length > 0;
  const isImporting = useAnswer('import.list', {}).data?.items.some(({ status }) => status === 'running');
  const goTo = useApp((state) => state.goTo);
  const connection = useApp((state) => state.connection);
  const openForm = (key: string): void => {
    const { openForm: goOnWith, showDialog } = context.store.getState();
    if (key === captureDraftKey) showDialog('capture');
    else goOnWith(key);
  };

  return (
    <footer className={classes.line}>
      <span>{info ? countContacts(info.contacts) : ' '}</span>
      {connection === 'open' && <SyncChip />}
      <Suspense fallback={null}>
        {hasDrafts && <DraftsChip onOpen={openForm} />}
        {isImporting && <ImportProgressChip onOpen={() => goTo('imports')} />}
      </Suspense>
      {undo && (
        <button type="button" className={`${itemClasses.item} ${classes.undo}`} title={`Undo: ${undo.label}`} onClick={() => void undoLast(context)}>
          <span dir="auto">Undo: {undo.label}</span>
          <kbd className={classes.key}>{keyParts('Mod+Z').join('+')}</kbd>
        </button>
      )}
      {connection !== 'open' && (
        <span className={classes.lost}><Lamp state="problem" size={7} />Not connected</span>
      )}
      {connection === 'open' && info && (
        <button type="button" className={`${itemClasses.item} ${classes.api}`} title={info.apiError ?? undefined} onClick={() => goTo('settings')}>
          <Lamp state={info.apiError ? 'problem' : info.apiUrl ? 'on' : 'off'} size={7} />
          <ApiWords info={info} />
        </button>
      )}
    </footer>
  );
}

function ApiWords({ info: { safeMode, apiError, apiUrl } }: { info: Output<'host.info'> }): ReactNode {
  if (safeMode) return 'API off: safe mode';
  if (apiError) return 'API has a problem';
  if (!apiUrl) return 'API off';
  return <span>API<span className={classes.apiAddress}> at {addressOf(apiUrl)}</span></span>;
}

function addressOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
