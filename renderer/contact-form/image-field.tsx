import { Avatar, Button, FileButton, Group, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useState, type DragEvent, type ReactNode } from 'react';
import { initials } from '../contacts/contact-words.ts';
import { useAnswer } from '../host/queries.ts';
import classes from './contact-form.module.css';
import type { ImageChange } from './form-state.ts';
import { dataUrl, imageAccept, imageRefusal, pictureIn, readPicture } from './image-file.ts';

interface ImageFieldProps {
  contactId: string;
  name: string;
  /** Whether the book has a picture of the contact. */
  hasImage: boolean;
  image: ImageChange;
  onChange: (image: ImageChange) => void;
}

/** The contact's picture: choose a file, drop one on it, or paste one anywhere in the form. */
export function ImageField({ contactId, name, hasImage, image, onChange }: ImageFieldProps): ReactNode {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const stored = useAnswer('image.get', { id: contactId }, { enabled: hasImage && image === undefined });
  const shown = image ?? (image === undefined ? stored.data : null);

  async function take(file: File | null | undefined): Promise<void> {
    if (!file) return;
    const reason = imageRefusal(file);
    setRefusal(reason);
    if (reason === null) onChange(await readPicture(file));
  }

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const file = pictureIn(event.clipboardData);
      if (!file) return;
      event.preventDefault();
      void take(file);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  });

  const dropTarget = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      void take(pictureIn(event.dataTransfer) ?? event.dataTransfer.files[0]);
    },
  };

  return (
    <div className={classes.image} data-over={isOver || undefined} {...dropTarget}>
      <Avatar src={shown ? dataUrl(shown) : null} alt="" color="pine" size={64}>
        {name.trim() === '' ? null : initials(name)}
      </Avatar>
      <div className={classes.imageActions}>
        <Group gap={6}>
          <FileButton accept={imageAccept} onChange={(file) => void take(file)}>
            {(props) => (
              <Button {...props} size="compact-sm" variant="default" leftSection={<IconCamera size={14} aria-hidden />}>
                {shown ? 'Change picture' : 'Add picture'}
              </Button>
            )}
          </FileButton>
          {shown && (
            <Button
              size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(hasImage ? null : undefined)}
            >
              Remove
            </Button>
          )}
        </Group>
        <Text size="xs" {...(refusal === null ? { c: 'dimmed' } : { c: 'red', role: 'alert' })}>
          {refusal ?? 'Drop or paste one here, up to 5 MB.'}
        </Text>
      </div>
    </div>
  );
}
