import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { isFocusLost } from '../app/use-return-focus.ts';
import { useHost } from '../host/host-context.tsx';
import { ChooseFile } from './choose-file.tsx';
import { ImportHistory } from './import-history.tsx';
import { ImportOptions } from './import-options.tsx';
import { ImportReportView } from './import-report-view.tsx';
import classes from './import-screen.module.css';
import { importSession, type ImportSession } from './import-session.ts';
import { SendingFile } from './sending-file.tsx';

/** From a file to contacts: choose it, say what its columns are, look at what would happen, import, undo. */
export function ImportScreen(): ReactNode {
  const session = importSession(useHost());
  const { step, problem } = useStore(session.store);
  const screen = useRef<HTMLDivElement>(null);
  const stepBefore = useRef(step);
  useEffect(() => {
    if (stepBefore.current === step) return;
    stepBefore.current = step;
    // What had the focus went with the former step.
    const heading = screen.current?.querySelector<HTMLElement>(step === 'report' ? 'h2' : 'h1');
    if (!heading || !isFocusLost()) return;
    heading.tabIndex = -1;
    heading.focus();
  }, [step]);
  return (
    <div ref={screen} className={classes.screen} data-fill={step === 'report' || undefined}>
      <header className={classes.header}>
        <h1 className={classes.title}>Import</h1>
        {step === 'choose' && (
          <p className={classes.subtitle}>
            CSV from Google, Outlook, Thunderbird, HubSpot or a spreadsheet, vCards, and JSON. Nothing is thrown away,
            and a whole import can be undone.
          </p>
        )}
      </header>
      {problem !== null && (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={16} aria-hidden />}>{problem}</Alert>
      )}
      <Step session={session} />
    </div>
  );
}

function Step({ session }: { session: ImportSession }): ReactNode {
  const state = useStore(session.store);
  switch (state.step) {
    case 'choose':
      return (
        <>
          <ChooseFile onChoose={(file) => void session.choose(file)} />
          <ImportHistory />
        </>
      );
    case 'sending':
      return <SendingFile {...state} />;
    case 'options':
      return <ImportOptions session={session} state={state} />;
    case 'report':
      return <ImportReportView session={session} state={state} />;
  }
}
