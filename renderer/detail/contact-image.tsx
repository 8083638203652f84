import { Avatar } from '@mantine/core';
import type { ReactNode } from 'react';
import { initials } from '../contacts/contact-words.ts';
import { useAnswer } from '../host/queries.ts';

interface ContactImageProps {
  id: string;
  imageId: string | null;
  name: string;
}

/** The image kept in the book, else the initials; nothing is ever fetched from the network. */
export function ContactImage({ id, imageId, name }: ContactImageProps): ReactNode {
  const image = useAnswer('image.get', { id }, { enabled: imageId !== null }).data;
  const source = imageId !== null && image ? `data:${image.mediaType};base64,${image.base64}` : null;
  return (
    <Avatar src={source} alt={`Image of ${name}`} size={56} color="pine" aria-hidden={source === null}>
      {initials(name)}
    </Avatar>
  );
}
