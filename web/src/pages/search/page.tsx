import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Button } from '../../parts/button';
import { Cards } from '../../parts/card';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { useTranslation } from '../../words';
import { Asked } from './asked';
import { Found, foundPart } from './found';
import look from './page.module.css';
import { addressOf, variablesOf, type Wish, wishOf } from './wish';

export const searchQuery = graphql(
  `query Search($asked: Boolean!, $text: String!, $types: [SearchType!], $district: ID, $first: Int!) {
    districts { id name }
    search(text: $text, filter: {types: $types, districtId: $district}, first: $first) @include(if: $asked) { id ...FoundPart }
  }`,
  [foundPart],
);

const few = 20;
const most = 50;

/** One field to search everything: tasks, proposals, teams and centres, best match first. */
export default function Search() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const wish = wishOf(address);
  const [widened, setWidened] = useState('');
  const first = widened === address.toString() ? most : few;
  const query = useQuery({ query: searchQuery, variables: useDeferredValue(variablesOf(wish, first)) });
  const [{ data, fetching }] = query;
  // From the address itself: what is rendered may be a tap behind it.
  const change = (part: Partial<Wish>) => setAddress(addressOf({ ...wishOf(new URLSearchParams(location.search)), ...part }), { replace: true });
  return (
    <>
      <Heading>{t('search.title')}</Heading>
      <Asked wish={wish} districts={data?.districts ?? []} onChange={change} />
      <Loaded query={query}>
        {({ search }) => {
          if (!search) return <State title={t('search.begin')} text={t('search.beginText')} />;
          if (search.length === 0) {
            return (
              <State title={t('search.none')} text={t('search.noneText')}>
                {(wish.types.length > 0 || wish.district) && <Button onClick={() => change({ types: [], district: '' })}>{t('search.everywhere')}</Button>}
              </State>
            );
          }
          return (
            <>
              <p className={look.found} role="status">{t('search.found', { count: search.length })}</p>
              <h2 className="unseen">{t('search.results')}</h2>
              <Cards>{search.map((thing) => <Found key={thing.id} thing={thing} />)}</Cards>
              {search.length === first && first < most && <Button busy={fetching} onClick={() => setWidened(address.toString())}>{t('tasks.more')}</Button>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
