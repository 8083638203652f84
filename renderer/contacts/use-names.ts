import { useMemo } from 'react';
import { useAnswer } from '../host/queries.ts';
import type { Names } from './contact-list-row.tsx';

/** The names of all tags and members, by id. */
export function useNames(): Names {
  const tags = useAnswer('tag.level', {}).data;
  const members = useAnswer('employee.members', {}).data;
  return useMemo(
    () => ({
      tags: new Map(tags?.items.map(({ id, name, color }) => [id, { name, color }])),
      members: new Map(members?.items.map(({ id, fullName }) => [id, fullName])),
    }),
    [tags, members],
  );
}
