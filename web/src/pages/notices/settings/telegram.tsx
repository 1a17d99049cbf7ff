import { useState } from 'react';
import { useAct } from '../../../client/act';
import { useAppSettings } from '../../../client/settings';
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../../graphql';
import { Button, ButtonLink } from '../../../parts/button';
import { Notice, Refused } from '../../../parts/notice';
import { Panel } from '../../../parts/panel';
import { useTranslation } from '../../../words';
import { useFormats } from '../../../words/dates';
import look from './telegram.module.css';

export const telegramPart = graphql(`fragment TelegramPart on Person { id telegram { id linkedAt } }`);

const linkMutation = graphql(`mutation LinkTelegram($input: LinkTelegramInput!) { linkTelegram(input: $input) { code url expiresAt } }`);
const unlinkMutation = graphql(`mutation UnlinkTelegram($input: UnlinkTelegramInput!) { unlinkTelegram(input: $input) { person { id telegram { id } } } }`);

type Code = NonNullable<ResultOf<typeof linkMutation>['linkTelegram']>;

/** The linked chat, or how to link one; nothing if there is neither a chat nor a bot. */
export function Telegram({ person }: { person: FragmentOf<typeof telegramPart> }) {
  const { t } = useTranslation();
  const hasBot = useAppSettings()?.telegram;
  if (!hasBot && !readFragment(telegramPart, person).telegram) return null;
  return <Panel title={t('Channel.TELEGRAM')} anchor="telegram"><Chat person={person} /></Panel>;
}

function Chat({ person }: { person: FragmentOf<typeof telegramPart> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { telegram } = readFragment(telegramPart, person);
  const link = useAct(linkMutation);
  const unlink = useAct(unlinkMutation);
  const [code, setCode] = useState<Code>();

  if (telegram) {
    return (
      <div className={look.telegram}>
        <Notice kind="done">{t('notices.linked', { date: format.date(telegram.linkedAt) })}</Notice>
        <Refused refusal={unlink.refusal} />
        <Button busy={unlink.busy} onClick={() => void unlink.act({ input: { id: telegram.id } }).then(() => setCode(undefined))}>{t('notices.unlink')}</Button>
      </div>
    );
  }
  return (
    <div className={look.telegram}>
      <p>{t('notices.linkText')}</p>
      {code && <Waits code={code} />}
      <Refused refusal={link.refusal} />
      <Button kind={code ? 'quiet' : 'plain'} busy={link.busy} onClick={() => void link.act({ input: {} }).then((made) => setCode(made?.linkTelegram))}>
        {code ? t('notices.anotherCode') : t('notices.toLink')}
      </Button>
    </div>
  );
}

/** The code, and how to send it to the bot. */
function Waits({ code: { code, url, expiresAt } }: { code: Code }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <>
      <ButtonLink kind="main" to={url} target="_blank" rel="noreferrer">{t('notices.openBot')}</ButtonLink>
      <p className={look.quiet}>{t('notices.orSend', { time: format.time(expiresAt) })}</p>
      <code className={look.code}>{`/start ${code}`}</code>
    </>
  );
}
