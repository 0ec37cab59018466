import { Alert, Anchor, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { focusField, type Mistake } from "@/ui/filling/projection";
import { namedOnce } from "@/ui/namedOnce";

interface MistakeListProps {
  mistakes: readonly Mistake[];
  title: string;
  /** A sentence above the list. */
  children?: string;
}

/** What is wrong with a form, above it, each with a link to its field. Takes the focus whenever it comes anew. */
export function MistakeList({ mistakes, title, children }: MistakeListProps) {
  const box = useRef<HTMLDivElement>(null);
  const isShown = mistakes.length > 0;

  useEffect(() => {
    if (isShown) {
      box.current?.focus();
    }
  }, [isShown]);

  if (!isShown) {
    return null;
  }
  return (
    <Alert ref={box} tabIndex={-1} role="alert" color="danger" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {children}
      <List mt={children ? "xs" : 0}>
        {mistakes.map(({ path, label, sentence }) => (
          <List.Item key={`${path} ${sentence}`}>
            {path ? (
              <Anchor
                href={`#${path}`}
                underline="always"
                onClick={(event) => {
                  event.preventDefault();
                  focusField(path);
                }}
              >
                {label ? namedOnce(label, sentence) : sentence}
              </Anchor>
            ) : (
              sentence
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
