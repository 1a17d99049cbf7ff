import { useState } from 'react';
import { useNewSession } from '../../../client/session';
import { type FragmentOf, graphql, readFragment } from '../../../graphql';
import { needsFactor } from '../../../modules/account/roles';
import { More } from '../../../parts/more';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { Codes } from './codes';
import { EndFactor } from './end-factor';
import { Enrolment } from './enrolment';
import look from './factor.module.css';
import { RenewCodes } from './renew-codes';

export const factorPart = graphql(`fragment FactorPart on Person { id grants { id role } secondFactor { active recoveryCodesLeft } }`);

/** The second factor: whether it is on, and everything that can be done with it. */
export function FactorPanel({ person, reread }: { person: FragmentOf<typeof factorPart>; reread: () => void }) {
  const { t } = useTranslation();
  const renew = useNewSession();
  const { grants, secondFactor } = readFragment(factorPart, person);
  const [codes, setCodes] = useState<readonly string[]>();
  const needed = grants?.some(({ role }) => needsFactor(role));
  const shown = (fresh: readonly string[], session: boolean) => {
    setCodes(fresh);
    if (session) renew();
    else reread();
  };

  if (codes) return <Panel title={t('security.factor')} anchor="factor"><Codes codes={codes} onDone={() => setCodes(undefined)} /></Panel>;
  if (!secondFactor?.active) {
    return (
      <Panel title={t('security.factor')} anchor="factor" aside={<span>{t('security.off')}</span>}>
        <p className={look.quiet}>{t('security.factorBelow')}</p>
        <Enrolment onCodes={(fresh) => shown(fresh, true)} />
      </Panel>
    );
  }
  return (
    <Panel title={t('security.factor')} anchor="factor" aside={<span>{t('security.on')}</span>}>
      <p className={look.quiet}>{t('security.left', { codes: secondFactor.recoveryCodesLeft })}</p>
      <More words={t('security.renew')}><RenewCodes onCodes={(fresh) => shown(fresh, false)} /></More>
      <More words={t('security.move')}><Enrolment active onCodes={(fresh) => shown(fresh, true)} /></More>
      {needed ? <p className={look.quiet}>{t('security.needed')}</p> : <More words={t('security.end')}><EndFactor /></More>}
    </Panel>
  );
}
