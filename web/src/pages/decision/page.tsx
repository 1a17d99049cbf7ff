import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { graphql } from '../../graphql';
import { Subject, subjectPart } from '../../modules/moderation/subject';
import { Fact, Facts } from '../../parts/facts';
import { Heading } from '../../parts/heading';
import { Notice } from '../../parts/notice';
import { SignInFirst } from '../../parts/sign-in-first';
import { Gone, Loaded } from '../../parts/states';
import { paths } from '../../paths';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import { Appeal, appealPart } from './appeal';
import look from './page.module.css';

const decisionQuery = graphql(
  `query Decision($id: ID!) {
    viewer { id }
    node(id: $id) {
      __typename
      id
      ... on Decision { kind subjectType reason words state until decidedAt answer answeredAt subject { id ...SubjectPart } ...AppealPart }
    }
  }`,
  [appealPart, subjectPart],
);

/** Why something was hidden or somebody suspended, for the person concerned, and how to appeal. */
export default function Decision() {
  const { t } = useTranslation();
  const format = useFormats();
  const { id = '' } = useParams();
  const query = useQuery({ query: decisionQuery, variables: { id } });
  return (
    <Loaded query={query}>
      {({ viewer, node }, reread) => {
        if (!viewer) return <SignInFirst />;
        if (node?.__typename !== 'Decision') return <Gone />;
        return (
          <>
            <Heading above={<Link to={paths.me}>{t('shell.me')}</Link>}>{node.kind === 'SUSPEND' ? t('decision.suspended') : t('decision.hidden')}</Heading>
            <div className={look.decision}>
              {node.kind === 'HIDE' && <Subject subject={node.subject} />}
              <Notice kind="wait">
                <b>{t(`ModerationReason.${node.reason}`)}</b>
                <p>{node.words}</p>
              </Notice>
              <Facts>
                <Fact name={t('decision.state')}>{t(`DecisionState.${node.state}`)}</Fact>
                <Fact name={t('decision.made')}>{format.date(node.decidedAt)}</Fact>
                <Fact name={t('decision.until')}>{node.until && format.moment(node.until)}</Fact>
              </Facts>
              {node.kind === 'SUSPEND' && <p className={look.quiet}>{t('decision.meanwhile')}</p>}
              <Appeal decision={node} reread={reread} />
              {node.answer && node.answeredAt && (
                <Notice kind={node.state === 'OVERTURNED' ? 'done' : 'wait'}>
                  <b>{t('decision.answer', { date: format.date(node.answeredAt) })}</b>
                  <p>{node.answer}</p>
                </Notice>
              )}
            </div>
          </>
        );
      }}
    </Loaded>
  );
}
