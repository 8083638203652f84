import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { attempt } from '../app/book-actions.ts';
import { useCommandContext } from '../app/command-context.tsx';
import classes from './property.module.css';

interface PropertyProps {
  label: string;
  /** The text that the copy button copies; without it there is no such button. */
  copy?: string;
  children: ReactNode;
}

/** One property of a contact: what it is, and its value. Stands in a <dl>. */
export function Property({ label, copy, children }: PropertyProps): ReactNode {
  return (
    <div className={classes.property}>
      <dt className={classes.label} title={label}>{label}</dt>
      <dd className={classes.value}>
        {children}
        {copy !== undefined && <CopyButton label={label} text={copy} />}
      </dd>
    </div>
  );
}

/** A link that opens outside the window: a web page, a mail, a call. */
export function OutsideLink({ address, children }: { address: string; children: ReactNode }): ReactNode {
  const context = useCommandContext();
  return (
    <a
      className={classes.link}
      href={address}
      rel="noreferrer"
      onClick={(event) => {
        event.preventDefault();
        void attempt(context, async () => void (await context.host.openExternal(address)));
      }}
    >
      {children}
    </a>
  );
}

const confirmationTime = 1_500;

function CopyButton({ label, text }: { label: string; text: string }): ReactNode {
  const { notify } = useCommandContext();
  const [copied, setCopied] = useState(false);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), confirmationTime);
    } catch {
      notify({ message: 'The clipboard cannot be written', tone: 'problem' });
    }
  }

  return (
    <ActionIcon
      className={classes.copy}
      size={24}
      variant="subtle"
      color="gray"
      aria-label={copied ? 'Copied' : `Copy ${label}`}
      onClick={() => void copy()}
    >
      {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
    </ActionIcon>
  );
}
