import { Link } from 'react-router';
import { useSend } from '../../client/act';
import { markMutation } from '../../client/reading';
import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import { useFormats } from '../../words/dates';
import look from './row.module.css';

export const noticeRow = graphql(`fragment NoticeRow on Notice { id topic title text path createdAt readAt }`);

/** A notice in the list: its text, topic and time; it is marked as read when its link is opened. */
export function NoticeRow({ notice: of }: { notice: FragmentOf<typeof noticeRow> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const send = useSend(markMutation);
  const { id, topic, title, text, path, createdAt, readAt } = readFragment(noticeRow, of);
  const read = () => {
    if (!readAt) void send({ input: { ids: [id] } });
  };
  return (
    <li className={look.row} data-unread={!readAt || undefined}>
      <p className={look.above}>
        {!readAt && <span className={look.mark}>{t('notices.new')}</span>}
        <span>{t(`NoticeTopic.${topic}`)}</span>
        <time dateTime={createdAt}>{format.moment(createdAt)}</time>
      </p>
      <h3><Link to={path} onClick={read}>{title}</Link></h3>
      <p className={look.text}>{text}</p>
    </li>
  );
}
