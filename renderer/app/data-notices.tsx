import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Notice, NoticeKind } from '../../shared/operations/backups.ts';
import { useAnswer } from '../host/queries.ts';
import { useApp } from './app-store.ts';
import { attempt } from './book-actions.ts';
import { useCommandContext } from './command-context.tsx';
import { NoticeBar } from './notice-bar.tsx';
import classes from './data-notices.module.css';
import { useReturnFocus } from './use-return-focus.ts';

const colors: Readonly<Record<NoticeKind, string>> = {
  damaged: 'red', gone: 'red', recovered: 'orange', backupFailed: 'orange', lowDisk: 'orange', syncedFolder: 'orange', repaired: 'pine',
};

/** What the host has to say about the safety of the data, above the screen until it is dismissed. */
export function DataNotices(): ReactNode {
  const notices = useAnswer('notice.list', {}).data?.items ?? [];
  if (notices.length === 0) return null;
  return <div className={classes.notices}>{notices.map((notice) => <DataNotice key={notice.id} notice={notice} />)}</div>;
}

function DataNotice({ notice }: { notice: Notice }): ReactNode {
  const context = useCommandContext();
  const goTo = useApp((state) => state.goTo);
  const [isReading, setReading] = useState(false);
  const [isRepairing, setRepairing] = useState(false);
  const dismiss = (): Promise<void> =>
    attempt(context, async () => void (await context.host.call('notice.dismiss', { id: notice.id })));

  async function repair(): Promise<void> {
    setRepairing(true);
    await attempt(context, async () => {
      await context.host.call('book.repair', {});
      // Answered by the repaired book: until then there is nothing to show.
      await context.host.call('host.info', {});
    });
    setRepairing(false);
  }

  const isUrgent = notice.kind === 'damaged' || notice.kind === 'gone';
  const Icon = notice.kind === 'repaired' ? IconShieldCheck : IconAlertTriangle;
  return (
    <NoticeBar
      color={colors[notice.kind]} icon={<Icon aria-hidden />} title={notice.title} text={notice.message}
      isUrgent={isUrgent}
    >
      {notice.kind === 'damaged' && (
        <Button size="compact-sm" color="red" loading={isRepairing} onClick={() => void repair()}>Repair now</Button>
      )}
      {notice.hasReport && (
        <Button size="compact-sm" variant="default" onClick={() => setReading(true)}>Read the report</Button>
      )}
      {(notice.kind === 'recovered' || notice.kind === 'syncedFolder' || notice.kind === 'backupFailed') && (
        <Button size="compact-sm" variant="default" onClick={() => goTo('settings')}>Backups</Button>
      )}
      {!isUrgent && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void dismiss()}>Dismiss</Button>
      )}
      {isReading && <Report id={notice.id} onClose={() => setReading(false)} />}
    </NoticeBar>
  );
}

function Report({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const report = useAnswer('notice.report', { id });
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title="Repair report" size="lg" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      {report.error && <p role="alert">{report.error.message}</p>}
      <pre className={classes.report}>{report.data?.text}</pre>
    </Modal>
  );
}
