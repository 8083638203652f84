import { ActionIcon, CopyButton as Copy, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface CopyButtonProps {
  text: string;
  /** What is copied: 'the address'. */
  what: string;
  onCopied?: () => void;
}

/** Copies a text, and says that it did. */
export function CopyButton({ text, what, onCopied }: CopyButtonProps): ReactNode {
  return (
    <Copy value={text} timeout={2000}>
      {({ copied, copy }) => {
        const label = copied ? 'Copied' : `Copy ${what}`;
        return (
          <Tooltip label={label}>
            <ActionIcon
              variant="subtle" color={copied ? 'green' : 'gray'}
              onClick={() => {
                copy();
                onCopied?.();
              }}
              aria-label={label}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copy>
  );
}
