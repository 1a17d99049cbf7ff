import { useState } from 'react';
import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../../../graphql';
import { ownNames } from '../../../../modules/desk/city/names';
import { binOf, NgoForm, type Written } from '../../../../modules/desk/city/ngo-form';
import { ActionButton, actionPart } from '../../../../parts/action';
import { Button } from '../../../../parts/button';
import { Panel } from '../../../../parts/panel';
import { useTranslation } from '../../../../words';

export const ngoTexts = graphql(
  `fragment CityNgoTexts on Ngo {
    id name kk: name(lang: KK) ru: name(lang: RU) en: name(lang: EN) mission language focus bin
    availableActions { ...ActionPart }
  }`,
  [actionPart],
);

const updateMutation = graphql(`mutation CityUpdateNgo($input: UpdateNgoInput!) { updateNgo(input: $input) { ngo { id ...CityNgoTexts } } }`, [ngoTexts]);

/** The stored texts of an NGO, to be changed. */
export function NgoEdit({ ngo: of }: { ngo: FragmentOf<typeof ngoTexts> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { act, busy, refusal } = useAct(updateMutation);
  const ngo = readFragment(ngoTexts, of);
  const before = writtenOf(ngo);

  const update = async (after: Written) => {
    const { kk, ru, en, mission, language } = after;
    const renamed = kk !== before.kk || ru !== before.ru || en !== before.en;
    const done = await act({ input: { id: ngo.id, name: renamed ? { kk, ru, en } : undefined, mission, language, bin: binOf(after) } });
    if (done) setOpen(false);
    return done;
  };

  if (!open) return <ActionButton action="UPDATE_NGO" of={ngo.availableActions} onAct={() => setOpen(true)} />;
  return (
    <Panel title={t('Action.UPDATE_NGO')}>
      <NgoForm words={t('city.save')} draft={`ngo ${ngo.id}`} busy={busy} refusal={refusal} written={before} onSubmit={update} />
      <Button kind="quiet" onClick={() => setOpen(false)}>{t('ways.back')}</Button>
    </Panel>
  );
}

const writtenOf = ({ kk, ru, en, mission, language, focus, bin }: ResultOf<typeof ngoTexts>): Written =>
  ({ ...ownNames({ kk, ru, en }), mission: mission ?? '', language, focus, bin: bin ?? '' });
