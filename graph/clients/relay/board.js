// Relay on its main path: a list that loads more, an object that is read again by its id, a mutation and a subscription.
import { graphql } from 'relay-runtime';

graphql`
  query boardQuery($district: ID) {
    ...board_tasks @arguments(district: $district)
    viewer {
      ...board_viewer
    }
  }
`;

graphql`
  fragment board_tasks on Query
  @refetchable(queryName: "boardTasksQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" }, district: { type: "ID" }) {
    tasks(first: $first, after: $after, filter: { districtId: $district }, order: SOONEST) @connection(key: "board_tasks") {
      edges {
        node {
          id
          ...board_task
        }
      }
    }
  }
`;

graphql`
  fragment board_task on Task @refetchable(queryName: "boardTaskQuery") {
    title
    state
    seats { capacity taken free }
    team { name centre { name } }
    availableActions { action allowed reason }
  }
`;

graphql`
  fragment board_viewer on Person
  @refetchable(queryName: "boardViewerQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" }) {
    signups(first: $first, after: $after) @connection(key: "board_signups") {
      edges { node { id state shift { startsAt task { ...board_task } } } }
    }
  }
`;

graphql`
  mutation boardSignUpMutation($input: SignUpInput!) {
    signUp(input: $input) {
      signup { id state shift { id seats { free } } }
    }
  }
`;

graphql`
  subscription boardSeatsSubscription($task: ID!) {
    shiftSeats(taskId: $task) { id seats { free } }
  }
`;
