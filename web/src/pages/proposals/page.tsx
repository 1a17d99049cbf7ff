import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { ProposalCard, proposalCard } from '../../modules/proposal/card';
import { ButtonLink } from '../../parts/button';
import { Cards } from '../../parts/card';
import { NativeSelect } from '../../parts/field';
import { Heading } from '../../parts/heading';
import { Loaded, State } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import look from './page.module.css';

const proposalsQuery = graphql(
  `query Proposals($district: ID, $order: ProposalOrder!) {
    districts { id name }
    proposals(filter: { districtId: $district }, order: $order, first: 50) { nodes { id ...ProposalCard } }
  }`,
  [proposalCard],
);

const orders = ['MOST_SUPPORTED', 'NEWEST'] as const;

export default function Proposals() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const district = search.get('district') ?? '';
  const order = orders.find((one) => one === search.get('order')) ?? 'MOST_SUPPORTED';
  const query = useQuery({ query: proposalsQuery, variables: { district: district || undefined, order } });
  const set = (wish: Record<string, string>) => setSearch({ ...(district && { district }), order, ...wish }, { replace: true });
  return (
    <>
      <Heading below={t('proposals.below')}>{t('proposals.title')}</Heading>
      <div className={look.wishes}>
        <NativeSelect
          label={t('tasks.by.district')}
          value={district}
          data={[{ value: '', label: t('tasks.everywhere') }, ...(query[0].data?.districts ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={({ currentTarget }) => set({ district: currentTarget.value })}
        />
        <NativeSelect label={t('tasks.by.order')} value={order} data={orders.map((value) => ({ value, label: t(`ProposalOrder.${value}`) }))} onChange={({ currentTarget }) => set({ order: currentTarget.value })} />
        <ButtonLink kind="main" to={paths.propose}>{t('proposals.propose')}</ButtonLink>
      </div>
      <Loaded query={query}>
        {({ proposals }) =>
          proposals.nodes.length === 0 ? (
            <State title={t('proposals.none')} text={t('proposals.noneText')} />
          ) : (
            <>
              <h2 className="unseen">{t('proposals.title')}</h2>
              <Cards>{proposals.nodes.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} />)}</Cards>
            </>
          )
        }
      </Loaded>
    </>
  );
}
