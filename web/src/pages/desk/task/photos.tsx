import { useQuery } from 'urql';
import { graphql } from '../../../graphql';
import { PhotoPicker, type Photos } from '../../../modules/photos/photos';

const minorsQuery = graphql(`query TaskMinors($id: ID!) { task(id: $id) { id checkedInMinors { person { id displayName } photoConsent } } }`);

/** Chooses photos of a task's work, which may show those under 18 who came. */
export function TaskPhotos({ taskId, of }: { taskId: string; of: Photos }) {
  const [{ data }] = useQuery({ query: minorsQuery, variables: { id: taskId }, requestPolicy: 'cache-and-network' });
  const minors = data?.task?.checkedInMinors?.map(({ person, photoConsent }) => ({ id: person.id, name: person.displayName, photoConsent }));
  return <PhotoPicker of={of} minors={minors} />;
}
