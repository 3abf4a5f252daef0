import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { Annotation, END, messagesStateReducer, START, StateGraph } from "@langchain/langgraph";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";

export const NODES = 5;
const MESSAGE_LENGTH = 300;

const State = Annotation.Root({
  /** Given once. */
  fixed: Annotation<unknown>(),
  turn: Annotation<number>(),
  messages: Annotation<BaseMessage[]>({ reducer: messagesStateReducer, default: () => [] }),
});

/** 100 kB of state that stays as it is. */
export function fixedState(): unknown {
  const text = "the quick brown fox jumps over the lazy dog ";
  return {
    documents: Array.from({ length: 100 }, (_, k) => ({
      title: `document ${k}`,
      text: `${k} ${text.repeat(22)}`,
    })),
  };
}

/** Five nodes in a row, each of which adds a message of 300 characters: five a turn. */
export function fiveNodeGraph(checkpointer?: BaseCheckpointSaver) {
  let said = 0;
  const say = (): { messages: BaseMessage[] } => {
    said += 1;
    return {
      messages: [new AIMessage({ id: `message-${said}`, content: `${said} `.padEnd(MESSAGE_LENGTH, "o") })],
    };
  };
  return new StateGraph(State)
    .addNode("a", say)
    .addNode("b", say)
    .addNode("c", say)
    .addNode("d", say)
    .addNode("e", say)
    .addEdge(START, "a")
    .addEdge("a", "b")
    .addEdge("b", "c")
    .addEdge("c", "d")
    .addEdge("d", "e")
    .addEdge("e", END)
    .compile(checkpointer === undefined ? {} : { checkpointer });
}
