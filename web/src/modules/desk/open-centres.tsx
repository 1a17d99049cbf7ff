import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { NativeSelect } from '../../parts/field';
import { useTranslation } from '../../words';

const openCentresQuery = graphql(`query OpenCentres { centres(filter: {states: [OPEN]}, first: 50) { nodes { id name } } }`);

type Props = { label: string; /** A centre that is not offered. */ but?: string };

/** The choice among the open centres, under the name centreId. */
export function OpenCentres({ label, but }: Props) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: openCentresQuery });
  const centres = data?.centres?.nodes.filter(({ id }) => id !== but) ?? [];
  return <NativeSelect name="centreId" label={label} data={[{ value: '', label: t('centre.choose') }, ...centres.map(({ id, name }) => ({ value: id, label: name }))]} required />;
}
