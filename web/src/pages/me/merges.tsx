import { Link } from 'react-router';
import type { FragmentOf } from '../../graphql';
import { Merged, type mergedPart } from '../../modules/proposal/merged';
import { Panel } from '../../parts/panel';
import { pathOf } from '../../paths';
import { useTranslation } from '../../words';
import look from './page.module.css';

/** The merged proposals about which the person is asked where the support goes; nothing if there are none. */
export function MergesToAnswer({ proposals }: { proposals: readonly (FragmentOf<typeof mergedPart> & { id: string; title: string; language: string })[] }) {
  const { t } = useTranslation();
  if (proposals.length === 0) return null;
  return (
    <Panel title={t('merged.title')}>
      <ul className={look.list}>
        {proposals.map((proposal) => (
          <li key={proposal.id} className={look.merged}>
            <h3 lang={proposal.language.toLowerCase()}><Link to={pathOf('proposal', proposal.id)}>{proposal.title}</Link></h3>
            <Merged proposal={proposal} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
