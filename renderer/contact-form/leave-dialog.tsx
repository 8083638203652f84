import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

interface LeaveDialogProps {
  onStay: () => void;
  onLeave: () => void;
}

/** Asks before typed text is lost, which happens only when it could not be kept as a draft. */
export function LeaveDialog({ onStay, onLeave }: LeaveDialogProps): ReactNode {
  return (
    <Modal
      opened onClose={onStay} title="What you typed is not kept" closeButtonProps={{ 'aria-label': 'Stay' }} centered
    >
      <p>It could not be stored as a draft. If you leave now, it is lost.</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onLeave}>Leave and lose it</Button>
        <Button data-autofocus onClick={onStay}>Stay</Button>
      </Group>
    </Modal>
  );
}
