import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useReturn } from '../../../client/return';
import { graphql } from '../../../graphql';
import look from '../../../parts/columns.module.css';
import { Heading } from '../../../parts/heading';
import { Panel } from '../../../parts/panel';
import { SignInFirst } from '../../../parts/sign-in-first';
import { Loaded } from '../../../parts/states';
import { paths } from '../../../paths';
import { useTranslation } from '../../../words';
import { Telegram, telegramPart } from './telegram';
import { Topics, topicsPart } from './topics';

const settingsQuery = graphql(`query NoticeSettings { viewer { id ...TopicsPart ...TelegramPart } }`, [topicsPart, telegramPart]);

/** How the person wants to be told, apart from the app. */
export default function NoticeSettings() {
  const { t } = useTranslation();
  const query = useQuery({ query: settingsQuery });
  useReturn(() => query[1]({ requestPolicy: 'network-only' }));
  return (
    <>
      <Heading above={<Link to={paths.notices}>{t('notices.title')}</Link>} below={t('notices.settingsBelow')}>{t('notices.settings')}</Heading>
      <Loaded query={query}>
        {({ viewer }) =>
          viewer ? (
            <div className={look.columns}>
              <div className={look.column}><Topics person={viewer} /></div>
              <div className={look.column}>
                <Telegram person={viewer} />
                <Panel title={t('notices.quiet')}><p className={look.quiet}>{t('notices.quietText')}</p></Panel>
              </div>
            </div>
          ) : (
            <SignInFirst />
          )
        }
      </Loaded>
    </>
  );
}
