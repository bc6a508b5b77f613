import { QuickInputButtons, window, type InputBox, type QuickPick, type QuickPickItem } from 'vscode';

/** One thing that a person is asked. Enter takes what is there. */
export type Step =
  | {
      readonly kind: 'text';
      readonly prompt: string;
      readonly value: string;
      /** What is wrong with a text. */
      readonly check: (text: string) => string | undefined;
    }
  | {
      readonly kind: 'choice';
      readonly prompt: string;
      readonly items: readonly ChoiceItem[];
      /** Of the item that is taken if nothing else is chosen. */
      readonly value: string;
    };

type ChoiceItem = QuickPickItem & { readonly value: string };

type Answer = { readonly value: string } | 'back' | 'cancelled';
type Take = (answer: Answer) => void;

export interface PlacedStep {
  readonly title: string;
  readonly step: Step;
  /** The number of steps, where that is known already. */
  readonly total: number | undefined;
}

/**
 * Asks one step after another, with a way back. What is given makes a step from what was given before it, and nothing
 * once there is no further one. Gives `undefined` where the person gave up.
 */
export async function askSteps(
  stepAfter: (answers: readonly string[]) => PlacedStep | undefined,
): Promise<readonly string[] | undefined> {
  const answers: string[] = [];
  /** What was answered before the way back: it is there again when its step is. */
  const earlier: string[] = [];
  for (let next = stepAfter(answers); next; next = stepAfter(answers)) {
    const place = answers.length;
    const value = earlier[place] ?? next.step.value;
    const box = boxOf({ ...next.step, value });
    const answer = await answered(box, place + 1, next);
    if (answer === 'cancelled') return undefined;
    if (answer === 'back') answers.pop();
    else {
      answers.push(answer.value);
      earlier[place] = answer.value;
    }
  }
  return answers;
}

/** A field or a list, and what takes the value out of it. */
interface Box {
  readonly input: InputBox | QuickPick<ChoiceItem>;
  readonly listen: (take: Take) => { dispose(): unknown }[];
}

function boxOf(step: Step): Box {
  return step.kind === 'text' ? textBox(step) : choiceBox(step);
}

function textBox(step: Extract<Step, { kind: 'text' }>): Box {
  const input = window.createInputBox();
  input.prompt = step.prompt;
  input.value = step.value;
  const faultIn = () => step.check(input.value.trim()) ?? '';
  return {
    input,
    listen: (take) => [
      input.onDidChangeValue(() => (input.validationMessage = faultIn())),
      input.onDidAccept(() => {
        input.validationMessage = faultIn();
        if (input.validationMessage === '') take({ value: input.value.trim() });
      }),
    ],
  };
}

function choiceBox(step: Extract<Step, { kind: 'choice' }>): Box {
  const input = window.createQuickPick<ChoiceItem>();
  input.placeholder = step.prompt;
  input.items = step.items;
  input.activeItems = step.items.filter(({ value }) => value === step.value);
  input.matchOnDescription = true;
  return {
    input,
    listen: (take) => [
      input.onDidAccept(() => {
        const [chosen] = input.activeItems;
        if (chosen) take({ value: chosen.value });
      }),
    ],
  };
}

function answered({ input, listen }: Box, step: number, { title, total }: PlacedStep): Promise<Answer> {
  input.title = title;
  input.step = step;
  input.totalSteps = total;
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    const end = (answer: Answer) => {
      for (const listener of listeners) listener.dispose();
      input.dispose();
      resolve(answer);
    };
    const listeners = [
      ...listen(end),
      input.onDidTriggerButton(() => end('back')),
      input.onDidHide(() => end('cancelled')),
    ];
    input.show();
  });
}
