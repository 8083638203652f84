import { CheckIcon, Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { toAppError } from '../../shared/errors.ts';
import { tagKey } from '../../shared/tag-name.ts';
import { fold } from '../../shared/text.ts';
import classes from './contact-form.module.css';

export interface PickerOption {
  id: string;
  label: string;
  /** A CSS colour shown before the label. */
  color?: string;
}

interface IdsPickerProps {
  label: string;
  placeholder: string;
  error: string | undefined;
  field: string;
  options: readonly PickerOption[];
  value: readonly string[];
  onChange: (ids: string[]) => void;
  /** Makes what is not in the list yet; absent where nothing can be made. */
  onCreate?: (label: string) => Promise<PickerOption>;
}

const maxShown = 50;

/** Chooses several from a list by typing; what is not in it can be made on the spot. */
export function IdsPicker(props: IdsPickerProps): ReactNode {
  const { label, placeholder, field, options, value, onChange, onCreate } = props;
  const [search, setSearch] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const latestValue = useRef(value);
  useLayoutEffect(() => {
    latestValue.current = value;
  });
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  const wanted = fold(search.trim());
  const found = options.filter((option) => fold(option.label).includes(wanted));
  const key = tagKey(search);
  const isNew = wanted !== '' && !options.some((option) => tagKey(option.label) === key);
  const chosen = value.map((id) => options.find((option) => option.id === id)?.label ?? '…').join(', ');
  const canCreate = isNew && onCreate !== undefined;

  // What is typed is taken with Enter: the first that is found, or else what can be made.
  const { selectFirstOption, resetSelectedOption } = combobox;
  useEffect(() => {
    if (search.trim() === '') resetSelectedOption();
    else selectFirstOption();
  }, [search, selectFirstOption, resetSelectedOption]);

  function toggle(id: string): void {
    onChange(value.includes(id) ? value.filter((other) => other !== id) : [...value, id]);
    setSearch('');
  }

  async function create(): Promise<void> {
    if (!onCreate) return;
    const typed = search.trim();
    setProblem(null);
    // A person types and chooses on while it is made.
    setSearch('');
    try {
      const made = await onCreate(typed);
      onChange([...latestValue.current, made.id]);
    } catch (thrown) {
      setSearch((since) => since || typed);
      setProblem(toAppError(thrown).message);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Backspace' || search !== '' || value.length === 0) return;
    event.preventDefault();
    onChange(value.slice(0, -1));
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => (id === createId ? void create() : toggle(id))}
      withinPortal
    >
      <Combobox.DropdownTarget>
        <PillsInput label={label} error={problem ?? props.error} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {value.map((id) => (
              <ChosenPill
                key={id}
                option={options.find((option) => option.id === id)}
                onRemove={() => onChange(value.filter((other) => other !== id))}
              />
            ))}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                className={classes.pickerField ?? ''}
                data-field={field}
                aria-label={label}
                {...(chosen === '' ? {} : { 'aria-description': `Selected: ${chosen}` })}
                placeholder={value.length === 0 ? placeholder : ''}
                value={search}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => {
                  setSearch(event.currentTarget.value);
                  combobox.openDropdown();
                }}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options mah={220} className={classes.options} aria-label={label}>
          {found.slice(0, maxShown).map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={value.includes(option.id)}>
              <span className={classes.option}>
                <Dot color={option.color} />
                <span className={classes.optionLabel} dir="auto">{option.label}</span>
                {value.includes(option.id) && <CheckIcon size={10} />}
              </span>
            </Combobox.Option>
          ))}
          {canCreate && <Combobox.Option value={createId}>Create “{search.trim()}”</Combobox.Option>}
          {found.length === 0 && !canCreate && <Combobox.Empty>Nothing found</Combobox.Empty>}
        </Combobox.Options>
        {found.length > maxShown && (
          <Combobox.Footer className={classes.optionsFooter}>
            {found.length - maxShown} more: type to find them
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

const createId = '+';

function ChosenPill({ option, onRemove }: { option: PickerOption | undefined; onRemove: () => void }): ReactNode {
  const label = option?.label ?? '…';
  return (
    <Pill withRemoveButton onRemove={onRemove} removeButtonProps={{ 'aria-label': `Remove ${label}`, tabIndex: -1 }}>
      <span className={classes.pill}>
        <Dot color={option?.color} />
        <span className={classes.pillLabel} dir="auto" title={label}>{label}</span>
      </span>
    </Pill>
  );
}

function Dot({ color }: { color: string | undefined }): ReactNode {
  if (color === undefined) return null;
  return <span className={classes.dot} style={{ '--dot': color } as CSSProperties} aria-hidden />;
}
