import { Link, useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { useAct } from '../../client/act';
import { useSettled } from '../../client/settled';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { supportMutation } from '../../modules/proposal/support';
import { ActionButton, actionPart } from '../../parts/action';
import { Refused } from '../../parts/notice';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import { dotted } from '../../words/dotted';
import look from './similar.module.css';

const similarPart = graphql(`fragment SimilarPart on Proposal { id title language place state supportCount availableActions { ...ActionPart } }`, [actionPart]);

const similarQuery = graphql(
  `query SimilarProposals($districtId: ID!, $title: String!, $text: String) { similarProposals(districtId: $districtId, title: $title, text: $text) { id ...SimilarPart } }`,
  [similarPart],
);

export type Draft = { districtId: string; title: string; text: string };

/** The part of a form that the hub compares. */
export function draftOf(form: HTMLFormElement): Draft {
  const values = new FormData(form);
  const value = (name: string) => String(values.get(name) ?? '').trim();
  return { districtId: value('districtId'), title: value('title'), text: value('text').slice(0, 500) };
}

/** Live proposals that the draft may duplicate, each of which can be supported instead. They do not prevent submitting. */
export function Similar({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const asked = useSettled(draft);
  const enough = asked.title.length >= 5 && asked.text.length >= 10;
  const [{ data }] = useQuery({ query: similarQuery, variables: asked, pause: !enough });
  const found = enough ? (data?.similarProposals ?? []) : [];
  return (
    <div role="status" className={look.similar}>
      {found.length > 0 && (
        <>
          <h2>{t('similar.title')}</h2>
          <p>{t('similar.below')}</p>
          <ul>{found.map((proposal) => <Row key={proposal.id} proposal={proposal} />)}</ul>
        </>
      )}
    </div>
  );
}

function Row({ proposal }: { proposal: FragmentOf<typeof similarPart> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { act, busy, refusal } = useAct(supportMutation);
  const { id, title, language, place, state, supportCount, availableActions } = readFragment(similarPart, proposal);
  const support = async () => {
    if (await act({ input: { id } })) void navigate(pathOf('proposal', id));
  };
  return (
    <li>
      <h3 lang={language.toLowerCase()}><Link to={pathOf('proposal', id)} target="_blank">{title}</Link></h3>
      <p>{dotted(place, t(`ProposalState.${state}`), t('proposal.supporters', { count: supportCount }))}</p>
      <ActionButton action="SUPPORT_PROPOSAL" label={t('similar.support')} of={availableActions} busy={busy} onAct={() => void support()} />
      <Refused refusal={refusal} />
    </li>
  );
}
