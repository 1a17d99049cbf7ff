import { useState } from 'react';
import { useQuery } from 'urql';
import { useSettled } from '../../client/settled';
import { graphql, readFragment, type ResultOf } from '../../graphql';
import { Mistake, Textarea, TextInput } from '../../parts/field';
import { useTranslation } from '../../words';
import { dotted } from '../../words/dotted';
import look from './merge-into.module.css';

const targetPart = graphql(`fragment MergeTarget on Proposal { id title language state supportCount centre { id name } }`);

const similarQuery = graphql(
  `query MergeSimilar($districtId: ID!, $title: String!, $text: String) { similarProposals(districtId: $districtId, title: $title, text: $text) { id ...MergeTarget } }`,
  [targetPart],
);

const foundQuery = graphql(
  `query MergeFound($districtId: ID!, $text: String!) {
    proposals(filter: { districtId: $districtId, states: [SUBMITTED, IN_REVIEW, NEEDS_INFO, ACCEPTED], text: $text }, order: MOST_SUPPORTED, first: 10) { nodes { id ...MergeTarget } }
  }`,
  [targetPart],
);

type Target = ResultOf<typeof targetPart>;

/** The fields of a merge: the other proposal of the district, similar ones first or the results of a search; and the reason. */
export function MergeInto({ id, title, text, districtId }: { id: string; title: string; text: string; districtId: string }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<Target>();
  const settled = useSettled(wanted.trim());
  const looks = settled.length >= 3;
  const [similar] = useQuery({ query: similarQuery, variables: { districtId, title, text: text.slice(0, 500) } });
  const [found] = useQuery({ query: foundQuery, variables: { districtId, text: settled }, pause: !looks });
  const { data, fetching } = looks ? { data: found.data?.proposals?.nodes, fetching: found.fetching } : { data: similar.data?.similarProposals, fetching: similar.fetching };
  const others = readFragment(targetPart, data ?? []).filter((other) => other.id !== id && other.id !== chosen?.id);
  const targets = chosen ? [chosen, ...others] : others;
  return (
    <>
      <TextInput type="search" label={t('mergeInto.find')} description={t('mergeInto.findHint')} value={wanted} onChange={({ currentTarget }) => setWanted(currentTarget.value)} maxLength={100} />
      <fieldset className={look.targets}>
        <legend>{looks ? t('mergeInto.found') : t('mergeInto.similar')}</legend>
        {others.length === 0 && !fetching && <p className={look.none}>{looks ? t('mergeInto.noneFound') : t('mergeInto.noneSimilar')}</p>}
        {targets.map((target) => (
          <label key={target.id} className={look.target}>
            <input type="radio" name="intoId" value={target.id} checked={target.id === chosen?.id} required onChange={() => setChosen(target)} />
            <span>
              <b lang={target.language.toLowerCase()}>{target.title}</b>
              <span>{dotted(target.centre.name, t(`ProposalState.${target.state}`), t('proposal.supporters', { count: target.supportCount }))}</span>
            </span>
          </label>
        ))}
        <Mistake name="intoId" />
      </fieldset>
      <Textarea name="words" label={t('moderation.why')} description={t('mergeInto.whyHint')} rows={3} minLength={3} maxLength={1000} required />
    </>
  );
}
