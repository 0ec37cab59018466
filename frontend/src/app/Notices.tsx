import "@mantine/core/styles/Notification.layer.css";
import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";

/** Where the short messages of "@/ui/notify" appear. */
export const Notices = () => <Notifications position="bottom-right" />;
