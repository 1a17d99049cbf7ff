import { type FragmentOf, graphql, readFragment } from '../../graphql';
import { useTranslation } from '../../words';
import look from './photo-row.module.css';

export const photoRow = graphql(`fragment PhotoRow on Photo { id sizes { width height url } }`);

/** Photos side by side, each a link to the large one; loaded when they come into view. The alternative text says what they show. */
export function PhotoRow({ photos: of, subject }: { photos: readonly FragmentOf<typeof photoRow>[]; subject: string }) {
  const { t } = useTranslation();
  const photos = readFragment(photoRow, of);
  if (photos.length === 0) return null;
  return (
    <ul className={look.row}>
      {photos.map(({ id, sizes }, index) => {
        const [small, large] = [sizes[0]!, sizes.at(-1)!];
        return (
          <li key={id}>
            <a href={large.url} target="_blank" rel="noreferrer">
              <img
                src={small.url}
                srcSet={`${small.url} ${small.width}w, ${large.url} ${large.width}w`}
                sizes="(min-width: 48rem) 14rem, 45vw"
                width={small.width}
                height={small.height}
                loading="lazy"
                decoding="async"
                alt={t('photos.alt', { nth: index + 1, all: photos.length, subject })}
              />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
