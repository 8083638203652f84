CREATE INDEX `contact_by_image` ON `contact` (`image_id`) WHERE image_id is not null;--> statement-breakpoint
CREATE INDEX `image_by_time` ON `image` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `journal_of_image` ON `journal` (`old`) WHERE field = 'imageId' and old is not null;