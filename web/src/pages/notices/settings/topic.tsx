import { useId, useState } from 'react';
import { useAct } from '../../../client/act';
import { type Enum, type FragmentOf, graphql, readFragment, type VariablesOf } from '../../../graphql';
import { NativeSelect } from '../../../parts/field';
import { Refused } from '../../../parts/notice';
import { useTranslation } from '../../../words';
import look from './topic.module.css';

export const topicPart = graphql(`fragment TopicPart on NoticePreference { topic email telegram }`);

const chooseMutation = graphql(
  `mutation SetNoticePreferences($input: SetNoticePreferencesInput!) { setNoticePreferences(input: $input) { person { id noticePreferences { topic ...TopicPart } } } }`,
  [topicPart],
);

type Choice = Omit<VariablesOf<typeof chooseMutation>['input']['preferences'][number], 'topic'>;

const emails = ['NONE', 'NEEDED', 'DAILY', 'ALL'] as const satisfies Enum<'NoticeEmail'>[];

/** One topic: which of its notices are emailed, and whether they come by Telegram. A choice is saved at once. */
export function Topic({ preference, withTelegram }: { preference: FragmentOf<typeof topicPart>; withTelegram: boolean }) {
  const { t } = useTranslation();
  const { topic, ...kept } = readFragment(topicPart, preference);
  const { act, busy, refusal } = useAct(chooseMutation);
  const [chosen, setChosen] = useState<Partial<Choice>>({});
  const title = useId();
  const email = (busy && chosen.email) || kept.email;
  const telegram = busy && chosen.telegram != null ? chosen.telegram : kept.telegram;
  const choose = (choice: Partial<Choice>) => {
    setChosen(choice);
    void act({ input: { preferences: [{ topic, ...choice }] } });
  };
  return (
    <div className={look.topic} role="group" aria-labelledby={title}>
      <div>
        <h3 id={title}>{t(`NoticeTopic.${topic}`)}</h3>
        <p>{t(`notices.about.${topic}`)}</p>
      </div>
      <div className={look.choices}>
        <NativeSelect
          label={t('Channel.EMAIL')}
          value={email}
          data={emails.map((value) => ({ value, label: t(`NoticeEmail.${value}`) }))}
          onChange={({ currentTarget }) => choose({ email: currentTarget.value as Enum<'NoticeEmail'> })}
        />
        {withTelegram && <button type="button" aria-pressed={telegram} onClick={() => choose({ telegram: !telegram })}>{t('Channel.TELEGRAM')}</button>}
      </div>
      <Refused refusal={refusal} />
    </div>
  );
}
