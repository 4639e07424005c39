"""Office: what the city decides on the reports, and what it says about them."""
