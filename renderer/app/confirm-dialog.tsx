import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from './use-return-focus.ts';

interface ConfirmDialogProps {
  title: string;
  /** What the button that does it says. */
  confirm: string;
  onConfirm: () => void | Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back. Escape and the first button leave everything as it is. */
export function ConfirmDialog({ title, confirm, onConfirm, onClose, children }: ConfirmDialogProps): ReactNode {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Text>{children}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>Cancel</Button>
        <Button
          color="red"
          onClick={() => {
            onClose();
            void onConfirm();
          }}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
