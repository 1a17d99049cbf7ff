import { useQuery } from 'urql';
import { useAct } from '../../../../client/act';
import { type FragmentOf, graphql, readFragment } from '../../../../graphql';
import look from '../../../../modules/desk/city/row.module.css';
import { actionPart } from '../../../../parts/action';
import { Heading } from '../../../../parts/heading';
import { Loaded, State } from '../../../../parts/states';
import { Ways } from '../../../../parts/ways';
import { useTranslation } from '../../../../words';
import { useFormats } from '../../../../words/dates';
import { dotted } from '../../../../words/dotted';

const letterRow = graphql(
  `fragment CityLetter on DeadLetter { id channel person { id displayName } attempts error createdAt failedAt availableActions { ...ActionPart } }`,
  [actionPart],
);

const lettersQuery = graphql(`query CityLetters { deadLetters(first: 50) { totalCount nodes { id ...CityLetter } } }`, [letterRow]);

const sendMutation = graphql(`mutation CitySendAgain($input: SendAgainInput!) { sendAgain(input: $input) { letter { id ...CityLetter } } }`, [letterRow]);

/** The messages that could not be delivered, why, and how to have one sent again. */
export default function Letters() {
  const { t } = useTranslation();
  const query = useQuery({ query: lettersQuery });
  return (
    <>
      <Heading below={t('letters.below')}>{t('letters.title')}</Heading>
      <Loaded query={query}>
        {({ deadLetters: { nodes, totalCount } }) =>
          totalCount === 0 ? (
            <State title={t('letters.none')} />
          ) : (
            <>
              <h2>{t('letters.count', { count: totalCount })}</h2>
              <ul className={look.list}>{nodes.map((letter) => <Letter key={letter.id} letter={letter} />)}</ul>
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Letter({ letter: of }: { letter: FragmentOf<typeof letterRow> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const send = useAct(sendMutation);
  const { id, channel, person, attempts, error, createdAt, failedAt, availableActions } = readFragment(letterRow, of);
  return (
    <li className={look.row}>
      <div>
        <h3>{person?.displayName ?? t('letters.nobody')}</h3>
        <p className={look.quiet}>{dotted(t(`Channel.${channel}`), format.date(createdAt))}</p>
        <p className={look.quiet}>{failedAt ? t('letters.failed', { count: attempts }) : t('letters.again')}</p>
        <p className={look.address}>{error}</p>
      </div>
      <Ways about={id} of={availableActions} ways={[{ ...send, action: 'SEND_AGAIN', does: () => send.act({ input: { id } }) }]} onDone={() => {}} />
    </li>
  );
}
