import { useQuery } from '@tanstack/react-query';
import { useAnswer } from '../host/queries.ts';

/** How a phone number reads internationally; the rules of numbering are loaded when there is one to read. */
export function usePhoneHint(text: string, country: string): string | null {
  const settings = useAnswer('settings.get', {});
  const region = settings.data?.phoneRegion ?? '';
  const hint = useQuery({
    queryKey: ['phone hint', text, region, country],
    queryFn: async () => (await import('./phone-hint.ts')).internationalPhone(text, region, country),
    enabled: text.trim() !== '' && settings.isFetched,
    gcTime: 0,
  });
  return hint.data ?? null;
}
