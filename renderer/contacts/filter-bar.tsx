import { IconTag, IconUserCircle, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ContactType } from '../../shared/contact.ts';
import { useApp } from '../app/app-store.ts';
import { ChoiceMenu } from './choice-menu.tsx';
import { types, typeWords } from './contact-words.ts';
import classes from './contacts-screen.module.css';
import { TagLabel } from './tag-label.tsx';
import { TypeLabel } from './type-label.tsx';
import { useNames } from './use-names.ts';

/** What the list can be narrowed down to: types, tags, members. */
export function FilterBar(): ReactNode {
  const filter = useApp((state) => state.filter);
  const setFilter = useApp((state) => state.setFilter);
  const names = useNames();
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      <ChoiceMenu
        title="Type"
        icon={<IconUsers size={16} />}
        choices={types.map((type) => ({ id: type, name: typeWords[type].one, label: <TypeLabel type={type} /> }))}
        chosen={filter.types}
        onChange={(chosen) => setFilter({ types: chosen as ContactType[] })}
      />
      <ChoiceMenu
        title="Tag"
        icon={<IconTag size={16} />}
        choices={[...names.tags].map(([id, tag]) => ({ id, name: tag.name, label: <TagLabel {...tag} /> }))}
        chosen={filter.tags}
        onChange={(tags) => setFilter({ tags })}
      />
      <ChoiceMenu
        title="Member"
        icon={<IconUserCircle size={16} />}
        choices={[...names.members].map(([id, name]) => ({ id, name }))}
        chosen={filter.members}
        onChange={(members) => setFilter({ members })}
      />
    </div>
  );
}
