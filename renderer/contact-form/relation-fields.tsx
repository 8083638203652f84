import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Project } from '../../shared/contact.ts';
import type { Host } from '../host/host.ts';
import { useHost } from '../host/host-context.tsx';
import { useAnswer } from '../host/queries.ts';
import { fieldProps, type FormControl } from './form-control.ts';
import { IdsPicker, type PickerOption } from './ids-picker.tsx';
import { tagColor } from '../../shared/tag-color.ts';

/** The contact's tags; a new one is made in place, with a colour of its own. */
export function TagsField({ control }: { control: FormControl }): ReactNode {
  const host = useHost();
  const client = useQueryClient();
  const tags = useAnswer('tag.list', {});
  const options = tags.data?.items.map((tag) => ({ id: tag.id, label: tag.name, color: tag.color })) ?? [];
  async function create(name: string): Promise<PickerOption> {
    const tag = await host.call('tag.create', { name, color: tagColor(name) });
    await client.invalidateQueries({ queryKey: ['tag.list'] });
    return { id: tag.id, label: tag.name };
  }
  return (
    <Relation control={control} field="tags" placeholder="Find or create a tag" options={options} onCreate={create} />
  );
}

/** The people who look after the contact. */
export function MembersField({ control }: { control: FormControl }): ReactNode {
  const host = useHost();
  const client = useQueryClient();
  const employees = useAnswer('employee.members', {});
  const options = employees.data?.items.map((person) => ({ id: person.id, label: person.fullName })) ?? [];
  async function create(fullName: string): Promise<PickerOption> {
    const person = await host.call('employee.create', { fullName });
    await client.invalidateQueries({ queryKey: ['employee.members'] });
    return { id: person.id, label: person.fullName };
  }
  return (
    <Relation
      control={control} field="members" placeholder="Who looks after this contact" options={options} onCreate={create}
    />
  );
}

/** The contact's projects; a new one is made in place. */
export function ProjectsField({ control }: { control: FormControl }): ReactNode {
  const host = useHost();
  const client = useQueryClient();
  const projects = useQuery({ queryKey: ['project.list', 'all'], queryFn: () => allProjects(host) });
  const options = projects.data?.map((project) => ({ id: project.id, label: project.name })) ?? [];
  async function create(name: string): Promise<PickerOption> {
    const project = await host.call('project.create', { name });
    await client.invalidateQueries({ queryKey: ['project.list'] });
    return { id: project.id, label: project.name };
  }
  return (
    <Relation
      control={control} field="projects" placeholder="Find or create a project" options={options} onCreate={create}
    />
  );
}

async function allProjects(host: Host): Promise<Project[]> {
  const take = 100;
  const projects: Project[] = [];
  for (let skip = 1; ; skip += 1) {
    const { items, total } = await host.call('project.list', { take, skip });
    projects.push(...items);
    if (items.length < take || projects.length >= total) return projects;
  }
}

interface RelationProps {
  control: FormControl;
  field: 'tags' | 'members' | 'projects';
  placeholder: string;
  options: readonly PickerOption[];
  onCreate: (label: string) => Promise<PickerOption>;
}

function Relation({ control, field, ...picker }: RelationProps): ReactNode {
  const { label, error } = fieldProps(control, field);
  return (
    <IdsPicker
      {...picker}
      label={label}
      error={error}
      field={field}
      value={control.form.values[field]}
      onChange={(ids) => control.set(field, ids)}
    />
  );
}
