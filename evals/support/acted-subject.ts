import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { OfflineChatModel } from "../../src/models/offline/offline-chat-model.ts";
import type { Subject } from "./suite.ts";

/** What a manager says next, in place of what the offline model would say. */
export type Act = (own: AIMessage, messages: readonly BaseMessage[]) => AIMessage;

/** A subject whose manager is the offline model but where `act` says otherwise: models that err, obey or leak, for tests. */
export function actedSubject(base: Subject, act: Act): Subject {
  const manager = new ActedModel(act);
  return {
    ...base,
    name: `${base.name}, acted`,
    runtime: (settings, parts) => base.runtime(settings, { ...parts, models: { ...parts?.models, manager } }),
  };
}

/** Its answers are told anew by `retell`; what it calls stays. */
export function retoldSubject(base: Subject, retell: (answer: string) => string): Subject {
  return actedSubject(base, (own) =>
    own.text === ""
      ? own
      : new AIMessage({ content: retell(own.text), response_metadata: own.response_metadata }),
  );
}

class ActedModel extends OfflineChatModel {
  override disableStreaming = true;
  readonly #act: Act;

  constructor(act: Act) {
    super();
    this.#act = act;
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { generations } = await super._generate(messages, options);
    const said = generations.map(({ message }) => {
      const own = new AIMessage({
        content: message.text,
        tool_calls: AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [],
        response_metadata: message.response_metadata,
      });
      const acted = this.#act(own, messages);
      return { text: acted.text, message: acted };
    });
    return { generations: said, llmOutput: {} };
  }
}
