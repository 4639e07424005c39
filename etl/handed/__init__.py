"""What is handed to the people who report: workbooks made for one place and month."""
